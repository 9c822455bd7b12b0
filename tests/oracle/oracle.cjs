// The Hugging Face tokenizers library (Rust, through its Node binding) behind a pipe: requests on stdin, answers on stdout, all numbers
// little endian. A request is its length (u32) and a body that begins with a letter; an answer is its length (u32), a status (u8; 1: the rest is a
// message, UTF-8) and its contents.
//
//   O path                                    opens a tokenizer.json, its truncation and padding blocks switched off -> u32 number of the tokenizer
//   E u32 tokenizer, u8 special tokens, texts encodes -> for each text: u32 n, then n ids, n starts, n ends (code points), n word ids (-1: none), each i32
//   D u32 tokenizer, u8 skip special tokens, lists
//                                             decodes -> for each list: u32 length and UTF-8
//   K texts                                   keeps the texts that are timed -> u32 how many
//   T u32 tokenizer, u8 special tokens, u32 batch, u8 hash
//                                             times encodeBatch over the kept texts -> f64 milliseconds, f64 milliseconds of all
//                                             processors together, f64 tokens, 32 bytes SHA-256 of all ids (i32)
//
// texts: u32 count, then each as u32 length and UTF-8. lists: u32 count, then each as u32 length and ids (i32).
'use strict';

const { createHash } = require('node:crypto');
const { writeSync } = require('node:fs');
const { Tokenizer } = require('@anush008/tokenizers');

const tokenizers = [];
let kept = [];

function readTexts(body, at) {
  const texts = new Array(body.readUInt32LE(at));
  at += 4;
  for (let i = 0; i < texts.length; i++) {
    const end = at + 4 + body.readUInt32LE(at);
    texts[i] = body.toString('utf8', at + 4, end);
    at = end;
  }

  return texts;
}

function open(path) {
  const tokenizer = Tokenizer.fromFile(path);
  tokenizer.disableTruncation();
  tokenizer.disablePadding();
  const answer = Buffer.alloc(4);
  answer.writeUInt32LE(tokenizers.push(tokenizer) - 1);
  return answer;
}

function pack(encoding) {
  const ids = encoding.getIds();
  const offsets = encoding.getOffsets();
  const words = encoding.getWordIds();
  const n = ids.length;
  const values = new Int32Array(1 + 4 * n);
  values[0] = n;
  for (let i = 0; i < n; i++) {
    values[1 + i] = ids[i];
    values[1 + n + i] = offsets[i][0];
    values[1 + 2 * n + i] = offsets[i][1];
    values[1 + 3 * n + i] = words[i] ?? -1;
  }

  return Buffer.from(values.buffer);
}

async function encode(body) {
  const encodings = await tokenizers[body.readUInt32LE(1)].encodeBatch(readTexts(body, 6), { addSpecialTokens: body[5] !== 0 });
  return Buffer.concat(encodings.map(pack));
}

async function decode(body) {
  const lists = new Array(body.readUInt32LE(6));
  let at = 10;
  for (let i = 0; i < lists.length; i++) {
    const length = body.readUInt32LE(at);
    lists[i] = Array.from({ length }, (_, k) => body.readInt32LE(at + 4 + 4 * k));
    at += 4 + 4 * length;
  }

  const texts = await tokenizers[body.readUInt32LE(1)].decodeBatch(lists, body[5] !== 0);
  return Buffer.concat(texts.flatMap((text) => {
    const bytes = Buffer.from(text);
    const head = Buffer.alloc(4);
    head.writeUInt32LE(bytes.length);
    return [head, bytes];
  }));
}

async function time(body) {
  const tokenizer = tokenizers[body.readUInt32LE(1)];
  const options = { addSpecialTokens: body[5] !== 0 };
  const size = body.readUInt32LE(6);
  const hash = body[10] !== 0 ? createHash('sha256') : null;
  let milliseconds = 0;
  let processor = 0;
  let tokens = 0;
  for (let at = 0; at < kept.length; at += size) {
    const batch = kept.slice(at, at + size);
    const used = process.cpuUsage();
    const start = process.hrtime.bigint();
    const encodings = await tokenizer.encodeBatch(batch, options);
    milliseconds += Number(process.hrtime.bigint() - start) / 1e6;
    const { user, system } = process.cpuUsage(used);
    processor += (user + system) / 1e3;
    for (const encoding of encodings) {
      tokens += encoding.getLength();
      hash?.update(Buffer.from(Int32Array.from(encoding.getIds()).buffer));
    }
  }

  const answer = Buffer.alloc(56);
  answer.writeDoubleLE(milliseconds, 0);
  answer.writeDoubleLE(processor, 8);
  answer.writeDoubleLE(tokens, 16);
  hash?.digest().copy(answer, 24);
  return answer;
}

function keep(body) {
  kept = readTexts(body, 1);
  const answer = Buffer.alloc(4);
  answer.writeUInt32LE(kept.length);
  return answer;
}

function answerTo(body) {
  switch (String.fromCharCode(body[0])) {
    case 'O': return open(body.toString('utf8', 1));
    case 'E': return encode(body);
    case 'D': return decode(body);
    case 'K': return keep(body);
    case 'T': return time(body);
    default: throw new Error(`no request begins with ${body[0]}`);
  }
}

function send(status, contents) {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(contents.length + 1);
  head[4] = status;
  for (const part of [head, contents]) {
    let at = 0;
    while (at < part.length) {
      try {
        at += writeSync(1, part, at);
      } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
      }
    }
  }
}

async function serve() {
  let parts = [];
  let have = 0;
  for await (const part of process.stdin) {
    parts.push(part);
    have += part.length;
    for (;;) {
      if (have < 4) break;
      if (parts[0].length < 4) parts = [Buffer.concat(parts)];
      const length = parts[0].readUInt32LE(0);
      if (have < 4 + length) break;
      const all = Buffer.concat(parts);
      parts = [all.subarray(4 + length)];
      have = parts[0].length;
      try {
        send(0, await answerTo(all.subarray(4, 4 + length)));
      } catch (error) {
        send(1, Buffer.from(String(error.message ?? error)));
      }
    }
  }
}

serve();
