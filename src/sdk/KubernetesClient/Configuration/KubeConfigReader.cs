using k8s.Exceptions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace k8s.Configuration;

/// <summary>Reads kubeconfig files and merges several as kubectl does: the first to name something wins.</summary>
internal static class KubeConfigReader
{
    public static KubeConfigFile Read(Stream stream, string directory)
    {
        try
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            var file = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<KubeConfigFile>(reader) ?? new KubeConfigFile();
            file.Directory = directory;
            file.Clusters?.ForEach(entry => entry.Directory = directory);
            file.Users?.ForEach(entry => entry.Directory = directory);
            return file;
        }
        catch (YamlException e)
        {
            // The cause may quote a line with a secret: only its place is told.
            throw new KubeConfigException($"kubeconfig is not valid YAML at line {e.Start.Line}, column {e.Start.Column}");
        }
    }

    public static KubeConfigFile Read(FileInfo file, bool useRelativePaths)
    {
        if (!file.Exists)
        {
            throw new KubeConfigException($"kubeconfig file not found at {file.FullName}");
        }

        using var stream = file.OpenRead();
        return Read(stream, useRelativePaths ? file.DirectoryName : null);
    }

    public static KubeConfigFile Merge(IEnumerable<KubeConfigFile> files)
    {
        var merged = new KubeConfigFile { Clusters = [], Contexts = [], Users = [] };
        foreach (var file in files)
        {
            merged.CurrentContext = string.IsNullOrEmpty(merged.CurrentContext) ? file.CurrentContext : merged.CurrentContext;
            merged.Clusters.AddRange(file.Clusters?.ExceptBy(merged.Clusters.Select(entry => entry.Name), entry => entry.Name) ?? []);
            merged.Contexts.AddRange(file.Contexts?.ExceptBy(merged.Contexts.Select(entry => entry.Name), entry => entry.Name) ?? []);
            merged.Users.AddRange(file.Users?.ExceptBy(merged.Users.Select(entry => entry.Name), entry => entry.Name) ?? []);
        }

        return merged;
    }
}
