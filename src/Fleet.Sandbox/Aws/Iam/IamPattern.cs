namespace Fleet.Sandbox.Aws.Iam;

/// <summary>Wildcards of policies: <c>*</c> for any characters, <c>?</c> for one.</summary>
internal static class IamPattern
{
    public static bool Matches(string pattern, string text, bool ignoreCase = false) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\"), text, ignoreCase);
}
