using System.Text.RegularExpressions;

namespace Fleet.Core.Inventory.Recipes;

/// <summary>The forms of what a recipe names. Values reach hosts through Packer's variable file alone, but scripts put them into commands: no form admits a character that a shell reads.</summary>
public static partial class RecipeFormats
{
    /// <summary>A version of Kubernetes in full (Kubernetes, "Releases").</summary>
    public static Format KubernetesVersion { get; } = new(KubernetesVersionForm(), "a version in full without v, like 1.33.2");

    /// <summary>An architecture that Fleet builds for.</summary>
    public static Format Architecture { get; } = new(ArchitectureForm(), "x86_64 or arm64");

    /// <summary>URL of a git repository, without credentials.</summary>
    public static Format GitUrl { get; } = new(GitUrlForm(), "an https URL without user, query and fragment, like https://git.example/images.git");

    /// <summary>A commit in full.</summary>
    public static Format Commit { get; } = new(CommitForm(), "a commit's 40 hexadecimal digits");

    /// <summary>A folder within a repository.</summary>
    public static Format FolderPath { get; } = new(FolderPathForm(), "a path within the repository, without '..'");

    /// <summary>A file of variables in a template's folder (Packer, "Input Variables").</summary>
    public static Format VariableFile { get; } = new(VariableFileForm(), "a path within the template's folder that ends with .pkrvars.hcl or .pkrvars.json, without '..'");

    /// <summary>A template's variable (Packer, "Input Variables").</summary>
    public static Format Variable { get; } = new(VariableForm(), "lower-case letters, digits and '_', first a letter");

    /// <summary>A variable's value.</summary>
    public static Format VariableValue { get; } = new(VariableValueForm(), "at most 1024 letters, digits and . _ ~ : / @ + = , - and spaces within");

    /// <summary>A KMS key: id, alias or ARN (AWS KMS API, "CreateGrant").</summary>
    public static Format KmsKey { get; } = new(KmsKeyForm(), "a key's id, alias/NAME, or the ARN of either");

    /// <summary>A tag's key (Amazon EC2, "Tag your Amazon EC2 resources"); Fleet's own stay its own.</summary>
    public static Format TagKey { get; } = new(TagKeyForm(), "1 to 128 letters, digits, spaces and + - = . _ : / @, not beginning with aws: or fleet:");

    /// <summary>A tag's value (Amazon EC2, "Tag your Amazon EC2 resources").</summary>
    public static Format TagValue { get; } = new(TagValueForm(), "at most 256 letters, digits, spaces and + - = . _ : / @");

    /// <summary>Text of a script.</summary>
    public static Format Script { get; } = new(ScriptForm(), "text of at most 16384 characters, not empty");

    /// <summary>An instance profile's name (IAM API, "CreateInstanceProfile").</summary>
    public static Format InstanceProfile { get; } = new(InstanceProfileForm(), "a profile's name (not its ARN): at most 128 letters, digits and + = , . @ _ -");

    /// <summary>An instance type.</summary>
    public static Format InstanceType { get; } = new(InstanceTypeForm(), "an instance type, like m6i.large");

    /// <summary>A subnet.</summary>
    public static Format Subnet { get; } = new(SubnetForm(), "a subnet's id, subnet- and hexadecimal digits");

    /// <summary>A security group.</summary>
    public static Format SecurityGroup { get; } = new(SecurityGroupForm(), "a security group's id, sg- and hexadecimal digits");

    [GeneratedRegex(@"\A1\.[0-9]{1,3}\.[0-9]{1,3}\z")]
    private static partial Regex KubernetesVersionForm();

    [GeneratedRegex(@"\A(x86_64|arm64)\z")]
    private static partial Regex ArchitectureForm();

    [GeneratedRegex(@"\Ahttps://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex GitUrlForm();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex CommitForm();

    [GeneratedRegex(@"\A(?!.*\.\.)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\z")]
    private static partial Regex FolderPathForm();

    [GeneratedRegex(@"\A(?!.*\.\.)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\.pkrvars\.(hcl|json)\z")]
    private static partial Regex VariableFileForm();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,63}\z")]
    private static partial Regex VariableForm();

    [GeneratedRegex(@"\A([A-Za-z0-9._~:/@+=,-]([A-Za-z0-9._~:/@+=, -]{0,1022}[A-Za-z0-9._~:/@+=,-])?)?\z")]
    private static partial Regex VariableValueForm();

    [GeneratedRegex(@"\A(arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]{1,250}|alias/[A-Za-z0-9/_-]{1,250}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})\z")]
    private static partial Regex KmsKeyForm();

    [GeneratedRegex(@"\A(?!aws:|fleet:)[\p{L}\p{N} +=._:/@-]{1,128}\z", RegexOptions.IgnoreCase)]
    private static partial Regex TagKeyForm();

    [GeneratedRegex(@"\A[\p{L}\p{N} +=._:/@-]{0,256}\z")]
    private static partial Regex TagValueForm();

    [GeneratedRegex(@"\A[^\0]{1,16384}\z", RegexOptions.Singleline)]
    private static partial Regex ScriptForm();

    [GeneratedRegex(@"\A[A-Za-z0-9+=,.@_-]{1,128}\z")]
    private static partial Regex InstanceProfileForm();

    [GeneratedRegex(@"\A[a-z0-9-]{1,30}\.[a-z0-9-]{1,30}\z")]
    private static partial Regex InstanceTypeForm();

    [GeneratedRegex(@"\Asubnet-[0-9a-f]{8,17}\z")]
    private static partial Regex SubnetForm();

    [GeneratedRegex(@"\Asg-[0-9a-f]{8,17}\z")]
    private static partial Regex SecurityGroupForm();
}
