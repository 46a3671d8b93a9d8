using System.Text.RegularExpressions;

namespace Fleet.Core.Inventory;

/// <summary>The forms of names that Kubernetes and AWS prescribe.</summary>
public static partial class Formats
{
    /// <summary>A DNS-1123 label (Kubernetes, "Object Names and IDs").</summary>
    public static Format Name { get; } = new(NameForm(), "1 to 63 lower-case letters, digits and '-', first and last a letter or digit (DNS-1123)");

    /// <summary>An AWS account id.</summary>
    public static Format Account { get; } = new(AccountForm(), "twelve digits");

    /// <summary>ARN of an IAM role (IAM, "IAM identifiers").</summary>
    public static Format Role { get; } = new(RoleForm(), "a role's ARN like arn:aws:iam::123456789012:role/fleet-demo");

    /// <summary>External id of a role's trust policy (Security Token Service API, "AssumeRole").</summary>
    public static Format ExternalId { get; } = new(ExternalIdForm(), "2 to 1224 letters, digits and + = , . @ : / - _");

    /// <summary>An AWS region.</summary>
    public static Format Region { get; } = new(RegionForm(), "an AWS region like eu-west-1");

    /// <summary>An Auto Scaling group's name (Amazon EC2 Auto Scaling API, "CreateAutoScalingGroup").</summary>
    public static Format Group { get; } = new(GroupForm(), "1 to 255 printable ASCII characters without ':'");

    /// <summary>An image id.</summary>
    public static Format Image { get; } = new(ImageForm(), "ami- and 8 to 17 hexadecimal digits");

    /// <summary>An image's owner (Amazon EC2 API, "DescribeImages").</summary>
    public static Format ImageOwner { get; } = new(OwnerForm(), "an account id, self, amazon or aws-marketplace");

    /// <summary>An SSM parameter's name or ARN (Systems Manager API, "GetParameter").</summary>
    public static Format Parameter { get; } = new(ParameterForm(), "an SSM parameter's name or ARN: letters, digits and . _ - / :");

    /// <summary>The beginning that the names of several SSM parameters share (Systems Manager API, "GetParametersByPath").</summary>
    public static Format ParameterPath { get; } = new(ParameterPathForm(), "a path like /images: at most 15 parts of letters, digits and . _ -, each after a '/'");

    /// <summary>Host and port of an API server (kubeadm Configuration (v1beta4), "BootstrapTokenDiscovery", apiServerEndpoint).</summary>
    public static Format Endpoint { get; } = new(EndpointForm(), "host:port like api.demo.example:6443; an IPv6 address in brackets");

    /// <summary>The key of a label or taint (Kubernetes, "Labels and Selectors").</summary>
    public static Format LabelKey { get; } = new(LabelKeyForm(), "an optional DNS prefix and '/', then 1 to 63 letters, digits, '-', '_' or '.', first and last a letter or digit");

    /// <summary>The value of a label (Kubernetes, "Labels and Selectors").</summary>
    public static Format LabelValue { get; } = new(LabelValueForm(), "at most 63 letters, digits, '-', '_' or '.', first and last a letter or digit; or empty");

    /// <summary>A person's name.</summary>
    public static Format Person { get; } = new(PersonForm(), "at most 600 characters on one line, first and last no blank");

    /// <summary>Text on one line.</summary>
    public static Format Line { get; } = new(LineForm(), "text on one line, not empty");

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex AccountForm();

    [GeneratedRegex(@"\Aarn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}\z")]
    private static partial Regex RoleForm();

    [GeneratedRegex(@"\A[A-Za-z0-9+=,.@:/_-]{2,1224}\z")]
    private static partial Regex ExternalIdForm();

    [GeneratedRegex(@"\A[a-z]{2}(-[a-z]+)+-[1-9][0-9]?\z")]
    private static partial Regex RegionForm();

    [GeneratedRegex(@"\A[\x21-\x39\x3B-\x7E]([\x20-\x39\x3B-\x7E]{0,253}[\x21-\x39\x3B-\x7E])?\z")]
    private static partial Regex GroupForm();

    [GeneratedRegex(@"\Aami-[0-9a-f]{8,17}\z")]
    private static partial Regex ImageForm();

    [GeneratedRegex(@"\A([0-9]{12}|self|amazon|aws-marketplace)\z")]
    private static partial Regex OwnerForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_.\-/:]{1,1011}\z")]
    private static partial Regex ParameterForm();

    [GeneratedRegex(@"\A(/[A-Za-z0-9_.\-]{1,200}){1,15}\z")]
    private static partial Regex ParameterPathForm();

    [GeneratedRegex(@"\A([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]):([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])\z")]
    private static partial Regex EndpointForm();

    [GeneratedRegex(@"\A((?=.{1,253}/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelKeyForm();

    [GeneratedRegex(@"\A([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValueForm();

    [GeneratedRegex(@"\A[^\s\p{C}]([^\p{C}]{0,598}[^\s\p{C}])?\z")]
    private static partial Regex PersonForm();

    [GeneratedRegex(@"\A[^\p{C}]{1,1024}\z")]
    private static partial Regex LineForm();
}
