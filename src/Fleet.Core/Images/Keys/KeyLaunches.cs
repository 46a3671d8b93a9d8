using System.Collections.Immutable;

namespace Fleet.Core.Images.Keys;

/// <summary>
/// Whether Auto Scaling may use a customer managed key: by a grant, or in the key's own account by a statement of its policy that names the role. The root of an account, to which policies give everything by default,
/// leaves that to the role's own policies, which nobody can change; of another account's role a statement is not enough for the same reason.
/// </summary>
internal static class KeyLaunches
{
    /// <summary>Judges the accounts that may launch.</summary>
    /// <param name="builder">The account that builds; where others launch it need not.</param>
    /// <param name="others">The accounts that images are shared with.</param>
    /// <param name="region">The key's region.</param>
    /// <param name="name">The key, in words.</param>
    /// <param name="key">The key.</param>
    /// <param name="look">What is known of it.</param>
    public static (ImmutableArray<KeyFault> Faults, ImmutableArray<string> Notes) Judge(string builder, ImmutableArray<string> others, string region, string name, KmsKey key, KeyLook look)
    {
        ImmutableArray<string> accounts = [.. others.Prepend(builder).Distinct(StringComparer.Ordinal)];
        var policy = look.Policy is null ? null : KeyPolicy.Parse(look.Policy);
        var (faults, notes) = (new List<KeyFault>(), new List<string>());
        foreach (var account in accounts)
        {
            var role = ScalingRole.In(account, key.Partition);
            var access = ScalingRole.Operations.ToDictionary(operation => operation, operation => Of(operation, role, account == key.Account, policy, look));
            var (missing, unclear) = (Those(KeyAccess.None, KeyAccess.Denied), Those(KeyAccess.Unclear));
            if (missing.Count > 0 && Blind(account, key, policy, look, name) is { Count: > 0 } blind)
            {
                notes.AddRange(blind);
            }
            else if (missing.Count > 0 && Suffixed(role, policy, look) is { } suffixed)
            {
                notes.Add($"of account {account} {suffixed} alone may use {name}: groups with another service-linked role cannot launch");
            }
            else if (missing.Count > 0 && account == builder && accounts.Length > 1)
            {
                notes.Add($"no launch of Auto Scaling in account {account} itself from images that are encrypted with {name} can succeed: {role} lacks {Actions(missing)} on {key.Arn}; that is right where the account builds for others alone");
            }
            else if (missing.Count > 0)
            {
                faults.Add(Refused(region, name, key, account, role, missing));
            }
            else if (unclear.Count > 0)
            {
                notes.Add($"whether Auto Scaling in account {account} may use {name} cannot be told: {Actions(unclear)} hang on conditions of the key's policy or of a grant to {role}");
            }

            List<string> Those(params KeyAccess[] kinds) => [.. ScalingRole.Needed.Where(operation => kinds.Contains(access[operation]))];
        }

        return ([.. faults], [.. notes.Distinct(StringComparer.Ordinal)]);
    }

    private static KeyAccess Of(string operation, string role, bool own, KeyPolicy? policy, KeyLook look)
    {
        var said = policy?.Of(role, operation) ?? KeyAccess.None;
        var granted = (look.Grants ?? []).Where(grant => grant.Grantee == role && grant.Operations.Contains(operation)).ToList();
        return said == KeyAccess.Denied ? KeyAccess.Denied
            : policy?.MayDeny(role, operation) == true ? KeyAccess.Unclear
            : granted.Exists(grant => !grant.IsConstrained) || (own && said == KeyAccess.Allowed) ? KeyAccess.Allowed
            : granted.Count > 0 || (own && said == KeyAccess.Unclear) ? KeyAccess.Unclear
            : KeyAccess.None;
    }

    /// <summary>Why what is missing may be there all the same.</summary>
    private static List<string> Blind(string account, KmsKey key, KeyPolicy? policy, KeyLook look, string name)
    {
        var what = $"lets Auto Scaling in account {account} launch";
        var unread = look.Unread.Where(unread => unread.Permission == "kms:ListGrants" || (unread.Permission == "kms:GetKeyPolicy" && account == key.Account)).Select(unread => KeyRules.Note(name, what, unread)).ToList();
        return look.Policy is not null && policy is null && account == key.Account ? [.. unread, $"whether {name} {what} is not known: its policy is not in a form that Fleet reads"] : unread;
    }

    private static string? Suffixed(string role, KeyPolicy? policy, KeyLook look) =>
        (look.Grants ?? []).Select(grant => grant.Grantee).Concat(policy?.Allowed ?? []).Where(principal => principal.StartsWith($"{role}_", StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault();

    private static KeyFault Refused(string region, string name, KmsKey key, string account, string role, List<string> missing)
    {
        var grant = $"aws kms create-grant --region {region} --key-id {key.Arn} --grantee-principal {role} --operations {string.Join(' ', ScalingRole.Operations)}";
        return KeyRules.Fault(
            "kms-key-no-launch",
            region,
            $"no launch of Auto Scaling in account {account} from images that are encrypted with {name} can succeed: {role} lacks {Actions(missing)} on {key.Arn}",
            $"without {Actions(missing)}",
            account == key.Account ? "a grant, or a statement of the key's policy that names the role" : "a grant",
            account == key.Account ? $"{grant}; or name the role in the key's policy" : $"have the key's policy let account {account} make grants (kms:CreateGrant), and there {grant}");
    }

    private static string Actions(List<string> operations) => string.Join(", ", operations.Select(operation => $"kms:{operation}"));
}
