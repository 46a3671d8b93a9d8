using System.CommandLine;
using Fleet.Cli.Inventory;
using Fleet.Core.Inventory;

namespace Fleet.Cli.Rotations;

/// <summary>One call of <c>fleet rotate</c>.</summary>
/// <param name="Scope">Surroundings.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Flags">Its options.</param>
/// <param name="Confirmation">Its question.</param>
/// <param name="Catalogue">What is declared.</param>
/// <param name="Pool">The pool.</param>
internal sealed record RotateCall(Scope Scope, ParseResult Parsed, RotateFlags Flags, Confirmation Confirmation, Catalogue Catalogue, NodePoolSpec Pool);
