namespace Fleet.Cli.Output;

/// <summary>The forms of output.</summary>
internal enum OutputFormat
{
    /// <summary>Columns for a person.</summary>
    Table,

    /// <summary>More columns.</summary>
    Wide,

    /// <summary>One JSON value.</summary>
    Json,

    /// <summary>YAML documents.</summary>
    Yaml,
}
