using System.Text.Encodings.Web;
using System.Text.Json;
using BertCompiler.Core.Config;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Commands.Converting;

/// <summary>The config.json of a converted model: the file itself where it is true as it stands, else what the weights say, written out.</summary>
internal static class ConfigText
{
    private const string Architectures = "architectures";

    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it; a file of that name is replaced.</summary>
    public static void Write(ConfigSource source, string path)
    {
        if (source.Overriding is null && source.Architecture is null && Path.GetFileName(source.File) == "config.json")
        {
            ModelTexts.CopyFile(source.File, path);
            return;
        }

        using FileStream file = File.Create(path);
        using (var json = new Utf8JsonWriter(file, Readable))
        {
            string? activation = source.Overriding is { } overriding ? ActivationNames.NameOf(overriding) : null;
            json.WriteStartObject();
            foreach (KeyValuePair<string, ConfigNode> property in source.Root.Properties)
            {
                if (activation is not null && property.Key == source.ActivationField) continue;
                if (source.Architecture is not null && property.Key == Architectures) continue;
                json.WritePropertyName(property.Key);
                Write(json, property.Value);
            }

            if (activation is not null) json.WriteString(source.ActivationField, activation);
            if (source.Architecture is { } architecture)
            {
                json.WriteStartArray(Architectures);
                json.WriteStringValue(architecture);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        file.WriteByte((byte)'\n');
    }

    /// <summary>The reader bounds the depth (<see cref="ConfigLimits.Depth"/>).</summary>
    private static void Write(Utf8JsonWriter json, ConfigNode node)
    {
        switch (node.Kind)
        {
            case ConfigNodeKind.Map:
                json.WriteStartObject();
                foreach (KeyValuePair<string, ConfigNode> property in node.Properties)
                {
                    json.WritePropertyName(property.Key);
                    Write(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case ConfigNodeKind.List:
                json.WriteStartArray();
                foreach (ConfigNode item in node.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case ConfigNodeKind.Text:
                json.WriteStringValue(node.Text);
                break;
            case ConfigNodeKind.Number:
                json.WriteRawValue(node.Text);
                break;
            case ConfigNodeKind.True or ConfigNodeKind.False:
                json.WriteBooleanValue(node.Kind == ConfigNodeKind.True);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
