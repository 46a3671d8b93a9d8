using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace Fleet.Aws;

/// <summary>A block device as canonical JSON has it, in the shape in which it is written.</summary>
internal static class DeviceTranslation
{
    public static LaunchTemplateBlockDeviceMappingRequest Of(JsonObject device, string? snapshot) => new()
    {
        DeviceName = (string?)device["DeviceName"],
        VirtualName = (string?)device["VirtualName"],
        NoDevice = (string?)device["NoDevice"],
        Ebs = device["Ebs"] is not JsonObject ebs ? null : new LaunchTemplateEbsBlockDeviceRequest
        {
            Encrypted = (bool?)ebs["Encrypted"],
            DeleteOnTermination = (bool?)ebs["DeleteOnTermination"],
            Iops = (int?)ebs["Iops"],
            KmsKeyId = (string?)ebs["KmsKeyId"],
            SnapshotId = snapshot,
            VolumeSize = (int?)ebs["VolumeSize"],
            VolumeType = (string?)ebs["VolumeType"] is { } type ? VolumeType.FindValue(type) : null,
            Throughput = (int?)ebs["Throughput"],
            VolumeInitializationRate = (int?)ebs["VolumeInitializationRate"],
            EbsCardIndex = (int?)ebs["EbsCardIndex"],
        },
    };
}
