/* Makes writes, syncs and reads of database files fail on demand, as a full or broken disk would.
 *
 * Preloaded into a running gatehouse. The file named by DISK_FAULTS is shared memory: which calls fail, with
 * which errno, how many are let through first, and how many were seen. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITES = 1, SYNCS = 2, READS = 4 };

struct control {
    volatile int error;  /* 0: nothing fails */
    volatile int kinds;  /* a sum of WRITES, SYNCS, READS */
    volatile int skip;   /* so many are let through first */
    volatile int failed; /* how many have failed */
};

static struct control *control(void) {
    static struct control *shared;
    if (shared == NULL) {
        const char *path = getenv("DISK_FAULTS");
        int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
        if (fd < 0) {
            return NULL;
        }
        shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        close(fd);
    }
    return shared == MAP_FAILED ? NULL : shared;
}

static int fails(int fd, int kind) {
    struct control *it = control();
    char link[64], path[512];
    ssize_t length;
    if (it == NULL || it->error == 0 || (it->kinds & kind) == 0) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = '\0';
    if (strstr(path, ".db") == NULL) {
        return 0;
    }
    if (__sync_fetch_and_sub(&it->skip, 1) > 0) {
        return 0;
    }
    __sync_fetch_and_add(&it->failed, 1);
    errno = it->error;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *from, size_t size) {
    return fails(fd, WRITES) ? -1 : REAL(write)(fd, from, size);
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    return fails(fd, WRITES) ? -1 : REAL(pwrite)(fd, from, size, at);
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    return fails(fd, WRITES) ? -1 : REAL(pwrite64)(fd, from, size, at);
}
int ftruncate(int fd, off_t size) {
    return fails(fd, WRITES) ? -1 : REAL(ftruncate)(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    return fails(fd, WRITES) ? -1 : REAL(ftruncate64)(fd, size);
}
int fsync(int fd) {
    return fails(fd, SYNCS) ? -1 : REAL(fsync)(fd);
}
int fdatasync(int fd) {
    return fails(fd, SYNCS) ? -1 : REAL(fdatasync)(fd);
}
ssize_t read(int fd, void *to, size_t size) {
    return fails(fd, READS) ? -1 : REAL(read)(fd, to, size);
}
ssize_t pread(int fd, void *to, size_t size, off_t at) {
    return fails(fd, READS) ? -1 : REAL(pread)(fd, to, size, at);
}
ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
    return fails(fd, READS) ? -1 : REAL(pread64)(fd, to, size, at);
}
