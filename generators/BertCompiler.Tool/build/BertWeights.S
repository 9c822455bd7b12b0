/* One packed model as a section of an executable, and the function that says where it begins: void *BERT_SYMBOL(void).
   Built with -DBERT_SYMBOL=name -DBERT_FILE='"name.bertw"'. ELF; x86-64, and AArch64, which has not been run. */

    .section .note.GNU-stack, "", %progbits

    /* Read-only, and on a border of pages as the tensors inside are. */
    .section .rodata.bertcompiler, "a", %progbits
    .balign 4096
.Lweights:
    .incbin BERT_FILE

    .text
    .globl BERT_SYMBOL
    .hidden BERT_SYMBOL
    .type BERT_SYMBOL, %function
BERT_SYMBOL:
#if defined(__x86_64__)
    leaq .Lweights(%rip), %rax
    ret
#elif defined(__aarch64__)
    adrp x0, .Lweights
    add x0, x0, :lo12:.Lweights
    ret
#else
#error "weights are linked in for x86-64 and AArch64 only"
#endif
    .size BERT_SYMBOL, . - BERT_SYMBOL
