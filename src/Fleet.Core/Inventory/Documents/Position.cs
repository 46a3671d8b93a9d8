namespace Fleet.Core.Inventory.Documents;

/// <summary>Where something stands in what the user gave.</summary>
/// <param name="Source">Name of the file, or <c>-</c> for the standard input.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public readonly record struct Position(string Source, int Line, int Column);
