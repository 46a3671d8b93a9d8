namespace Fleet.Images.Tests.Supplies;

/// <summary>Programs that stand in for those of the releases: they know their version, and as much of their work as the scripts look at.</summary>
internal static class FakePrograms
{
    public const string Kubelet = "#!/bin/sh\necho Kubernetes v1.34.2\n";

    public const string Runc = "#!/bin/sh\necho 'runc version 1.3.0'\necho 'spec: 1.2.1'\n";

    /// <summary>Listens on its socket, as the pull of images needs it.</summary>
    public const string Containerd = """
        #!/usr/bin/perl
        use IO::Socket::UNIX;
        if (($ARGV[0] // '') eq '--version') { print "containerd github.com/containerd/containerd/v2 v2.1.4 75cb2b7193e4\n"; exit 0; }
        mkdir '/run/containerd';
        unlink '/run/containerd/containerd.sock';
        IO::Socket::UNIX->new(Local => '/run/containerd/containerd.sock', Listen => 1) or die;
        $SIG{TERM} = sub { unlink '/run/containerd/containerd.sock'; exit 0 };
        sleep 3600;

        """;

    /// <summary>The line of releases before.</summary>
    public const string Containerd1 = "#!/bin/sh\necho 'containerd github.com/containerd/containerd v1.7.28 b98a3aace656'\n";

    /// <summary>Notes what was pulled, for which platform and with which credentials.</summary>
    public const string Ctr = """
        #!/bin/sh
        set -e
        [ -S /run/containerd/containerd.sock ] || { echo "containerd does not listen" >&2; exit 1; }
        [ "$1 $2 $3" = "--namespace k8s.io images" ] || exit 2
        for image; do :; done
        mkdir -p /var/lib/containerd
        touch /var/lib/containerd/pulled
        case $4 in
          list) grep "^${image#name==} " /var/lib/containerd/pulled || true ;;
          pull)
            with=
            [ "$7" != --hosts-dir ] || with=" $(sed -n 's/.*authorization = //p' "$8"/*/hosts.toml)"
            echo "$image $6$with" >>/var/lib/containerd/pulled
            ;;
        esac

        """;

    public const string CredentialProvider = """
        #!/bin/sh
        grep -q '"image":"[^"]*ecr' || exit 1
        echo '{"kind":"CredentialProviderResponse","auth":{"*":{"username":"AWS","password":"b25lLXRpbWU="}}}'

        """;

    public const string Java = "#!/bin/sh\necho 'openjdk version \"17.0.13\" 2024-10-15' >&2\n";

    /// <summary>A service's unit; nothing starts it.</summary>
    public static string Unit(string program) => $"""
        [Unit]
        Description={program}

        [Service]
        ExecStart={program}

        [Install]
        WantedBy=multi-user.target

        """;
}
