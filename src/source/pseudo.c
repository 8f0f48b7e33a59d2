/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pseudo.c - which file systems hold no data of anybody's: reading them may
 * block, never end, or change something.  tmpfs, ramfs and overlayfs do hold
 * data and are not here.
 */
#include "source/pseudo.h"

#include <linux/magic.h>
#include <stddef.h>
#include <sys/vfs.h>

#ifndef MQUEUE_MAGIC
#define MQUEUE_MAGIC 0x19800202	/* ipc/mqueue.c; not in linux/magic.h */
#endif
#ifndef CONFIGFS_MAGIC
#define CONFIGFS_MAGIC 0x62656570	/* fs/configfs/mount.c */
#endif
#ifndef RPC_PIPEFS_MAGIC
#define RPC_PIPEFS_MAGIC 0x67596969	/* net/sunrpc/rpc_pipe.c */
#endif
#ifndef FUSE_CTL_MAGIC
#define FUSE_CTL_MAGIC 0x65735543	/* fs/fuse/control.c */
#endif
#ifndef NFSD_MAGIC
#define NFSD_MAGIC 0x6e667364	/* fs/nfsd/nfsctl.c */
#endif

static const struct {
	unsigned long type;
	const char *name;
} table[] = {
	{ PROC_SUPER_MAGIC, "procfs" },
	{ SYSFS_MAGIC, "sysfs" },
	{ DEVPTS_SUPER_MAGIC, "devpts" },
	{ CGROUP_SUPER_MAGIC, "cgroup" },
	{ CGROUP2_SUPER_MAGIC, "cgroup2" },
	{ DEBUGFS_MAGIC, "debugfs" },
	{ TRACEFS_MAGIC, "tracefs" },
	{ SECURITYFS_MAGIC, "securityfs" },
	{ SELINUX_MAGIC, "selinuxfs" },
	{ SMACK_MAGIC, "smackfs" },
	{ BPF_FS_MAGIC, "bpf" },
	{ PSTOREFS_MAGIC, "pstore" },
	{ EFIVARFS_MAGIC, "efivarfs" },
	{ BINFMTFS_MAGIC, "binfmt_misc" },
	{ NSFS_MAGIC, "nsfs" },
	{ CONFIGFS_MAGIC, "configfs" },
	{ MQUEUE_MAGIC, "mqueue" },
	{ RPC_PIPEFS_MAGIC, "rpc_pipefs" },
	{ FUSE_CTL_MAGIC, "fusectl" },
	{ NFSD_MAGIC, "nfsd" },
};

const char *
pseudo_name(int fd)
{
	struct statfs fs;

	if (fstatfs(fd, &fs) != 0)
		return NULL;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if ((unsigned long)fs.f_type == table[i].type)
			return table[i].name;
	return NULL;
}
