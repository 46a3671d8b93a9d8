using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Tools.Processes;

namespace Fleet.Tools.Templates;

/// <summary>Templates in folders of this machine, and in git repositories whose commits are fetched once.</summary>
/// <param name="folders">The folders that an admin named.</param>
/// <param name="repositories">The URLs of git repositories that an admin allows.</param>
/// <param name="cache">Where fetched commits are kept.</param>
public sealed class TemplateFolders(IReadOnlyDictionary<string, TemplateSettings> folders, IReadOnlyList<string> repositories, string cache) : ITemplateFolders, IDisposable
{
    private const long LargestFile = 10 << 20;

    private readonly SemaphoreSlim _fetching = new(1);

    /// <inheritdoc/>
    public async Task<TemplateFolder> OpenAsync(RecipeTemplate template, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (template.Folder is { } name)
        {
            return folders.TryGetValue(name, out var settings)
                ? await ReadAsync(settings.Path, $"template folder '{name}'", settings.Trusted, cancellationToken).ConfigureAwait(false)
                : throw new TemplateFolderException($"the server's settings name no template folder '{name}'{NearestNames.Hint(name, folders.Keys)}; there are: {(folders.Count == 0 ? "none" : string.Join(", ", folders.Keys.Order(StringComparer.Ordinal)))}");
        }

        if (!repositories.Contains(template.Git!))
        {
            throw new TemplateFolderException($"the server's settings do not allow templates of {template.Git}; allowed: {(repositories.Count == 0 ? "none" : string.Join(", ", repositories))}");
        }

        var checkout = await FetchAsync(template, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(Path.Combine(checkout, template.Path), $"{template}", trusted: false, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _fetching.Dispose();

    private static async Task<TemplateFolder> ReadAsync(string folder, string what, bool trusted, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new TemplateFolderException($"{what} does not exist on this machine");
        }

        var files = ImmutableArray.CreateBuilder<TemplateFile>();
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal))
        {
            var info = new FileInfo(path);
            if (info.LinkTarget is not null)
            {
                throw new TemplateFolderException($"{what} has the link {Path.GetRelativePath(folder, path)}: what it leads to could change without another version; put the file itself there");
            }

            if (Directory.Exists(path))
            {
                continue;
            }

            if (info.Length > LargestFile)
            {
                throw new TemplateFolderException($"{what} has {Path.GetRelativePath(folder, path)} of {info.Length >> 20} MiB; allowed: files of at most {LargestFile >> 20} MiB");
            }

            var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)));
            files.Add(new TemplateFile(Path.GetRelativePath(folder, path), digest, info.UnixFileMode.HasFlag(UnixFileMode.UserExecute)));
        }

        return files.Any(file => file.Path.EndsWith(".pkr.hcl", StringComparison.Ordinal) || file.Path.EndsWith(".pkr.json", StringComparison.Ordinal))
            ? new TemplateFolder(folder, files.ToImmutable(), trusted)
            : throw new TemplateFolderException($"{what} has no *.pkr.hcl: it is no Packer template");
    }

    /// <summary>A commit's tree, fetched once and then only read: a commit's id says what is in it.</summary>
    private async Task<string> FetchAsync(RecipeTemplate template, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(cache, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.Git!)))[..16], template.Commit!);
        await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Directory.Exists(folder))
            {
                return folder;
            }

            var work = $"{folder}.{Guid.NewGuid():N}";
            Directory.CreateDirectory(work);
            await GitAsync(work, cancellationToken, "init", "--quiet").ConfigureAwait(false);
            await GitAsync(work, cancellationToken, "fetch", "--quiet", "--depth=1", "--no-tags", "--", template.Git!, template.Commit!).ConfigureAwait(false);
            await GitAsync(work, cancellationToken, "-c", "advice.detachedHead=false", "checkout", "--quiet", template.Commit!).ConfigureAwait(false);
            Directory.Delete(Path.Combine(work, ".git"), recursive: true);
            Directory.Move(work, folder);
            return folder;
        }
        finally
        {
            _fetching.Release();
        }
    }

    private static async Task GitAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var said = new StringBuilder();
        void Hear(string line)
        {
            lock (said)
            {
                said.Append(line).Append(' ');
            }
        }

        // No prompt, no hooks, no other protocol than the one in the URL, no file beyond the tree.
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = folder,
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_ALLOW_PROTOCOL"] = "https:file",
        };
        using var process = ToolProcess.Start("git", ["-c", "core.hooksPath=/dev/null", "-c", "core.symlinks=false", "-c", "http.followRedirects=false", .. arguments], environment, folder, Hear, Hear);
        using var registration = cancellationToken.Register(process.Terminate);
        if (await process.EndAsync().ConfigureAwait(false) is not 0 and var code)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TemplateFolderException($"git {arguments.First(argument => !argument.StartsWith('-') && !argument.Contains('='))} ended with {code}: {said.ToString().Trim()}");
        }
    }
}
