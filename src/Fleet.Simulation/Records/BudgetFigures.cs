namespace Fleet.Simulation.Records;

/// <summary>Disruption budgets.</summary>
/// <param name="Total">Budgets in the cluster at the start.</param>
/// <param name="Broken">Evictions and terminations that left a budget's healthy pods below what it desires.</param>
public sealed record BudgetFigures(int Total, int Broken);
