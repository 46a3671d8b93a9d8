using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Images.Keys;

/// <summary>Why images cannot be encrypted with a key, or machines not be launched from them.</summary>
public sealed record KeyFault
{
    /// <summary>Stable code, e.g. <c>kms-key-missing</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The region whose image it is.</summary>
    public required string Region { get; init; }

    /// <summary>One sentence that names region and key.</summary>
    public required string Sentence { get; init; }

    /// <summary>The value found.</summary>
    public required string Value { get; init; }

    /// <summary>What is allowed there.</summary>
    public required string Allowed { get; init; }

    /// <summary>What would cure it.</summary>
    public required string Cure { get; init; }

    /// <summary>The field of the recipe.</summary>
    public string Field => $"spec.kmsKeys.{Region}";

    /// <summary>As an error of what was asked for.</summary>
    public InputError ToError() => InputError.Argument(Code, Field, Value, Allowed, $"{Field}: {Sentence}; {Cure}");

    /// <summary>As the reason why a run ends.</summary>
    public Reason ToReason() => new() { Code = Code, Object = Field, Sentence = Sentence, Limit = Allowed, Value = Value, Cure = Cure };
}
