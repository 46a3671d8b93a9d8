using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Images.Builds;

/// <summary>Where templates are on this machine.</summary>
public interface ITemplateFolders
{
    /// <summary>The folder of a template with its files as they are now.</summary>
    /// <exception cref="TemplateFolderException">There is no such folder, repository or commit, or it has no template.</exception>
    Task<TemplateFolder> OpenAsync(RecipeTemplate template, CancellationToken cancellationToken);
}
