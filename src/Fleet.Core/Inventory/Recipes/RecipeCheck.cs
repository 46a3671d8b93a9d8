namespace Fleet.Core.Inventory.Recipes;

/// <summary>A check of an instance from a new image, by the recipe's own script; it has passed when the script ends with 0.</summary>
/// <param name="Name">Name, unique in the recipe.</param>
/// <param name="Script">Script for bash, run as root on the instance.</param>
/// <param name="Timeout">How long it may take. Default 5 min.</param>
public sealed record RecipeCheck(string Name, string Script, TimeSpan Timeout);
