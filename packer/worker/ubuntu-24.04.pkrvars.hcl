distribution     = "ubuntu-24.04"
source_owners    = ["099720109477"] # Canonical
source_name      = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-ARCH-server-*"
ssh_username     = "ubuntu"
root_device_name = "/dev/sda1"
