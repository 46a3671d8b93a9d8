# What Fleet calls in a cluster's account, and nothing else; a test holds it to the compiled calls both ways. No provider: the JSON is an output.

terraform {
  required_version = ">= 1.5"
}

locals {
  ec2    = "arn:${var.partition}:ec2:${var.region}:${var.account}"
  owned  = { StringEquals = { "aws:ResourceTag/${var.tag.key}" = var.tag.value } }
  inside = { StringEquals = { "aws:RequestedRegion" = var.region } }

  statements = concat([
    {
      # Auto Scaling and EC2 know no resources for these (Service Authorization Reference).
      Sid    = "Read"
      Effect = "Allow"
      Action = [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeInstanceRefreshes",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeLifecycleHooks",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeWarmPool",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:DescribeLaunchTemplates",
      ]
      Resource  = ["*"]
      Condition = local.inside
    },
    {
      Sid       = "ReadConsole"
      Effect    = "Allow"
      Action    = ["ec2:GetConsoleOutput"]
      Resource  = ["${local.ec2}:instance/*"]
      Condition = local.owned
    },
    {
      Sid    = "WriteGroups"
      Effect = "Allow"
      Action = [
        "autoscaling:ResumeProcesses",
        "autoscaling:SetDesiredCapacity",
        "autoscaling:SetInstanceProtection",
        "autoscaling:SuspendProcesses",
        "autoscaling:TerminateInstanceInAutoScalingGroup",
        "autoscaling:UpdateAutoScalingGroup",
      ]
      Resource  = ["arn:${var.partition}:autoscaling:${var.region}:${var.account}:autoScalingGroup:*:autoScalingGroupName/*"]
      Condition = local.owned
    },
    {
      Sid       = "WriteTemplates"
      Effect    = "Allow"
      Action    = ["ec2:CreateLaunchTemplateVersion"]
      Resource  = ["${local.ec2}:launch-template/*"]
      Condition = local.owned
    },
    {
      # Who points a group at a launch template must be allowed to launch from it ("Control Amazon EC2 launch template usage in Auto Scaling groups").
      # A launch that is not from a template of the cluster's is none of Fleet's.
      Sid       = "LaunchFromTemplates"
      Effect    = "Allow"
      Action    = ["ec2:RunInstances"]
      Resource  = ["${local.ec2}:*", "arn:${var.partition}:ec2:${var.region}::image/*", "arn:${var.partition}:ec2:${var.region}::snapshot/*"]
      Condition = { ArnLike = { "ec2:LaunchTemplate" = "${local.ec2}:launch-template/*" } }
    },
    {
      Sid       = "TagAtLaunch"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = ["${local.ec2}:*"]
      Condition = { StringEquals = { "ec2:CreateAction" = "RunInstances" } }
    },
    {
      Sid       = "PassProfiles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = var.profile_roles
      Condition = { StringEquals = { "iam:PassedToService" = "ec2.amazonaws.com" } }
    },
    ], length(var.parameters) == 0 ? [] : [
    {
      # A template that says resolve:ssm: is read by the second of these, on behalf of whoever points a group at it.
      Sid       = "ReadImageParameters"
      Effect    = "Allow"
      Action    = ["ssm:GetParameter", "ssm:GetParameters"]
      Resource  = [for path in var.parameters : "arn:${var.partition}:ssm:${var.region}:${var.account}:parameter${path}"]
      Condition = local.inside
    },
    ], var.join_parameter == "" ? [] : [
    {
      # What Fleet reads there it wrote itself: whether the token still fits.
      Sid       = "KeepJoinToken"
      Effect    = "Allow"
      Action    = ["ssm:GetParameter", "ssm:PutParameter"]
      Resource  = ["arn:${var.partition}:ssm:${var.region}:${var.account}:parameter${var.join_parameter}"]
      Condition = local.inside
    },
    ], var.join_kms_key == "" ? [] : [
    {
      # Systems Manager uses the key for the caller (AWS KMS, "How AWS Systems Manager Parameter Store uses AWS KMS").
      Sid       = "UseJoinKey"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:Encrypt"]
      Resource  = [var.join_kms_key]
      Condition = { StringEquals = { "kms:ViaService" = "ssm.${var.region}.amazonaws.com" } }
    },
  ])
}

output "json" {
  description = "The policy document."
  value       = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
