namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads the spec of a NodePool.</summary>
internal static class NodePoolReader
{
    private static readonly Dictionary<string, ApprovalGate> Gates = new() { ["beforeStart"] = ApprovalGate.BeforeStart, ["afterCanary"] = ApprovalGate.AfterCanary };

    private static readonly Dictionary<string, ImageChannel> Channels = new() { ["stable"] = ImageChannel.Stable, ["candidate"] = ImageChannel.Candidate };

    /// <summary>The pool; where a field is missing or wrong the errors say so and its value is empty.</summary>
    public static NodePoolSpec Read(string name, FieldReader spec)
    {
        var pool = new NodePoolSpec
        {
            Cluster = spec.Text("cluster", Formats.Name, required: true) ?? "",
            Name = name,
            Groups = spec.Texts("groups", Formats.Group, required: true),
            Image = Image(spec.Map("image")),
            Approval = spec.Choice("approval", Gates) ?? ApprovalGate.None,
            Rotation = RotationReader.Read(spec.Map("rotation")),
            Maintenance = MaintenanceReader.Read(spec.Map("maintenance")),
            Template = TemplateReader.Read(spec.Map("template")),
            Node = NodeReader.Read(spec.Map("node")),
            Hooks = spec.Texts("hooks", Formats.Name),
        };

        if (spec.Find("node") is not null && (spec.Find("template") as Documents.DocumentMap)?["userData"] is null)
        {
            spec.Fail("node", "conflict", null, "together with spec.template.userData", $"{spec.Path("node")} is declared without {spec.Path("template")}.userData, which alone would take it to the machines");
        }

        if (spec.Find("groups") is Documents.DocumentList { Items.Length: 0 })
        {
            spec.Fail("groups", "invalid-value", "[]", "at least one group", $"{spec.Path("groups")} is empty; a pool has at least one Auto Scaling group");
        }

        foreach (var twice in pool.Groups.GroupBy(group => group).Where(group => group.Count() > 1))
        {
            spec.Fail("groups", "duplicate-group", twice.Key, "each group once", $"{spec.Path("groups")} names {twice.Key} {twice.Count()} times");
        }

        foreach (var twice in pool.Hooks.GroupBy(hook => hook).Where(hook => hook.Count() > 1))
        {
            spec.Fail("hooks", "duplicate-hook", twice.Key, "each hook once", $"{spec.Path("hooks")} names {twice.Key} {twice.Count()} times");
        }

        spec.Close();
        return pool;
    }

    private static ImageSource? Image(FieldReader? image)
    {
        if (image is null)
        {
            return null;
        }

        var source = new ImageSource
        {
            Id = image.Text("id", Formats.Image),
            Owner = image.Text("owner", Formats.ImageOwner),
            Name = image.Text("name", Formats.Line),
            Parameter = image.Text("parameter", Formats.Parameter),
            Recipe = image.Text("recipe", Formats.Name),
            Channel = image.Choice("channel", Channels) ?? ImageChannel.Stable,
        };

        // What is there counts, right or wrong: a wrong id is one error, not two.
        bool Has(string name) => image.Find(name) is not null;
        var ways = new[] { Has("id"), Has("owner") || Has("name"), Has("parameter"), Has("recipe") }.Count(given => given);
        const string Allowed = "exactly one of id; owner and name; parameter; recipe";
        if (ways != 1)
        {
            image.Fail("", "conflict", null, Allowed, $"spec.image names {(ways == 0 ? "no image" : "several sources")}; allowed: {Allowed}");
        }
        else if (Has("owner") != Has("name"))
        {
            image.Fail("", "missing-field", null, "owner and name together", $"spec.image has {(Has("owner") ? "owner without name" : "name without owner")}; they go together");
        }
        else if (Has("channel") && !Has("recipe"))
        {
            image.Fail("channel", "conflict", null, "together with recipe", "spec.image has channel without recipe; a channel is a recipe's");
        }

        image.Close();
        return source;
    }
}
