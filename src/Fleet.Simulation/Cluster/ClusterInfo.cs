using System.Text;
using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster;

/// <summary>What new nodes find the cluster by, as kubeadm leaves it (kubeadm, "Implementation details").</summary>
public static class ClusterInfo
{
    /// <summary>Certificate of the CA of a cluster that nothing serves. Its key was thrown away.</summary>
    public const string Authority = """
        -----BEGIN CERTIFICATE-----
        MIIBgTCCASegAwIBAgIUbQH7gDV+3ZPorNnCwZWS87r8brEwCgYIKoZIzj0EAwIw
        FTETMBEGA1UEAwwKa3ViZXJuZXRlczAgFw0yNjExMjIwMjA1MDlaGA8yMTI2MTAy
        OTAyMDUwOVowFTETMBEGA1UEAwwKa3ViZXJuZXRlczBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABI/BFJCZ2+bdPpykevxoGAbgO+cQ+eNSDT9Lx9CBYb0s8FDOxM1K
        cIdS93i0LTQmw4mH3qbBr6/kPOP2glLz7b+jUzBRMB0GA1UdDgQWBBTF7UyE5idC
        cDjAd/7lvNSiG4+3fTAfBgNVHSMEGDAWgBTF7UyE5idCcDjAd/7lvNSiG4+3fTAP
        BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIAjPRwpQMV8H/hF1OVom
        oZxJZeEzbZmzlm/DUmK5nyJrAiEAl1OLYppeX08KSt32D80D00HhpFXkj2PzkCbS
        T5zg0Aw=
        -----END CERTIFICATE-----
        """;

    /// <summary>The ConfigMap.</summary>
    /// <param name="server">URL of the API server.</param>
    /// <param name="authority">The CA's certificate in PEM.</param>
    internal static OpaqueObject Of(string server, string authority)
    {
        var kubeconfig = $"""
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authority))}
                server: {server}
              name: ""
            contexts: null
            current-context: ""
            kind: Config
            users: null

            """;
        return new OpaqueObject { Meta = new ObjectMeta { Namespace = "kube-public", Name = "cluster-info" }, Unmodelled = new JsonObject { ["data"] = new JsonObject { ["kubeconfig"] = kubeconfig } } };
    }
}
