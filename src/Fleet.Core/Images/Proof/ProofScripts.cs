using System.Security.Cryptography;
using System.Text;

namespace Fleet.Core.Images.Proof;

/// <summary>Texts of scripts that go to instances.</summary>
internal static class ProofScripts
{
    private const int LongestRemark = 100;
    private const int ShortOutput = 24_000;
    private const int ShortErrors = 8_000;

    /// <summary>By which a check's command is found again: run and check, as much of them as a command's comment holds.</summary>
    public static string Remark(string run, string check)
    {
        var remark = $"fleet {run} {check}";
        return remark.Length <= LongestRemark ? remark : $"{remark[..(LongestRemark - 9)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(check)))[..8]}";
    }

    /// <summary>
    /// A script that runs once on an instance, however often it is sent: it holds a lock, keeps what came of it, and says the same again. The instance is booted by no check (exit code 194), for it would be again and again.
    /// The text travels in base64: nothing in it is read by the shell around it. What is longer than a command returns is packed, and its first piece shown, as <see cref="ProofOutput"/> reads it; so is what looks like that.
    /// </summary>
    public static string Once(string run, string check, string text) => $$"""
        #!/bin/bash
        set -uo pipefail
        umask 077
        kept={{Folder(run, check)}}
        mkdir -p "$kept" && exec 9>"$kept/lock" && flock 9 || exit 125
        if [[ ! -e $kept/code ]]; then
          base64 -d >"$kept/script" <<<'{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}'
          (umask 022; exec bash "$kept/script" >"$kept/out" 2>"$kept/errors" </dev/null 9>&-)
          code=$?
          if [[ $code == 194 ]]; then
            echo 'a check cannot restart its instance' >>"$kept/errors"
            code=1
          fi
          echo "$code" >"$kept/code.new" && mv "$kept/code.new" "$kept/code" || exit 125
        fi
        code=$(<"$kept/code")
        said=$(stat -c %s "$kept/out") && complained=$(stat -c %s "$kept/errors") || exit 125
        if ((said <= {{ShortOutput}} && complained <= {{ShortErrors}})) && ! head -n 1 "$kept/out" | grep -aq '^fleet-output '; then
          cat "$kept/out"
          cat "$kept/errors" >&2
          exit "$code"
        fi
        if [[ ! -e $kept/packed ]]; then
          { head -c {{ProofOutput.MostOutput}} "$kept/out" && tail -c {{ProofOutput.MostErrors}} "$kept/errors"; } >"$kept/whole" || exit 125
          gzip -nc "$kept/whole" | base64 -w 0 >"$kept/packed.new" && mv "$kept/packed.new" "$kept/packed" || exit 125
        fi
        digest=$(sha256sum "$kept/whole") || exit 125
        echo "fleet-output $said $complained $(stat -c %s "$kept/packed") ${digest%% *}"
        head -c {{ProofOutput.Piece}} "$kept/packed"
        exit "$code"
        """.ReplaceLineEndings("\n") + "\n";

    /// <summary>Shows another piece of what a check's script said.</summary>
    public static string Next(string run, string check, int offset) => $"""
        #!/bin/bash
        tail -c +{offset + 1} {Folder(run, check)}/packed | head -c {ProofOutput.Piece}
        """.ReplaceLineEndings("\n") + "\n";

    private static string Folder(string run, string check) => $"/var/lib/fleet/proof/{run}/{check}";

    public static string Versions(string command) => $"{command} 2>&1 | head -n 1\n";

    public static string Holds(IEnumerable<string> packages) => $"dpkg-query -W -f '${{Package}} ${{db:Status-Want}}\\n' {string.Join(' ', packages)} 2>&1 || true\n";

    public static string Units(IEnumerable<string> units) => $$"""
        for unit in {{string.Join(' ', units)}}; do
          echo "$unit $(systemctl is-enabled "$unit" 2>/dev/null | head -n 1) . $(systemctl is-active "$unit" 2>/dev/null | head -n 1)"
        done
        """;

    public static string Modules(IEnumerable<string> modules) => $$"""
        for module in {{string.Join(' ', modules.Select(module => module.Replace('-', '_')))}}; do
          [[ -d /sys/module/$module ]] || echo "$module"
        done
        """;

    public const string Swap = """
        tail -n +2 /proc/swaps | while read -r name _; do echo "in use: $name"; done
        while read -r device _ kind _; do
          [[ $device == \#* || $kind != swap ]] || echo "in /etc/fstab: $device"
        done </etc/fstab
        """;

    public const string Cgroup = "stat -fc %T /sys/fs/cgroup\n";

    public const string Metadata = """
        base=http://169.254.169.254/latest
        token=$(curl -s -f -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$base/api/token")
        echo "without a token $(curl -s -m 5 -o /dev/null -w '%{http_code}' "$base/meta-data/instance-id")"
        echo "with a token $(curl -s -m 5 -o /dev/null -w '%{http_code}' -H "X-aws-ec2-metadata-token: $token" "$base/meta-data/instance-id")"
        """;

    public const string RootName = """
        base=http://169.254.169.254/latest
        token=$(curl -s -f -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$base/api/token")
        name=$(curl -s -f -m 5 -H "X-aws-ec2-metadata-token: $token" "$base/meta-data/block-device-mapping/root")
        [[ $name == /* ]] || name=/dev/$name
        echo "$name"
        """;

    public const string RootSize = """
        lsblk -bdno SIZE "/dev/$(lsblk -no PKNAME "$(findmnt -no SOURCE /)")"
        """;

    public const string Free = "df -B1 --output=avail / | tail -n 1\n";

    public const string Listening = "ss -H -l -t -u -n\n";

    public const string Leftovers = """
        for file in /root/.bash_history /home/*/.bash_history /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys /etc/kubernetes/kubelet.conf /var/lib/kubelet/pki/*; do
          [[ ! -s $file ]] || echo "$file"
        done
        """;
}
