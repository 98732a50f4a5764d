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

static struct control *shared;

static int fails(int fd, int kind) {
    struct control *it = shared;
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

/* The functions of the system. Looked up once: these are called in signal handlers too, where a lookup may wait for
 * a lock that the interrupted thread holds. */
#define REAL(name) static __typeof__(&name) real_##name
REAL(write);
REAL(pwrite);
REAL(pwrite64);
REAL(ftruncate);
REAL(ftruncate64);
REAL(fsync);
REAL(fdatasync);
REAL(read);
REAL(pread);
REAL(pread64);

__attribute__((constructor)) static void look_up(void) {
#define LOOK_UP(name) real_##name = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
    LOOK_UP(write);
    LOOK_UP(pwrite);
    LOOK_UP(pwrite64);
    LOOK_UP(ftruncate);
    LOOK_UP(ftruncate64);
    LOOK_UP(fsync);
    LOOK_UP(fdatasync);
    LOOK_UP(read);
    LOOK_UP(pread);
    LOOK_UP(pread64);
    const char *path = getenv("DISK_FAULTS");
    int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
    void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) {
        fputs("disk_faults: DISK_FAULTS names no file that can be mapped\n", stderr);
        abort();
    }
    close(fd);
    shared = mapped;
}

ssize_t write(int fd, const void *from, size_t size) {
    return fails(fd, WRITES) ? -1 : real_write(fd, from, size);
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    return fails(fd, WRITES) ? -1 : real_pwrite(fd, from, size, at);
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    return fails(fd, WRITES) ? -1 : real_pwrite64(fd, from, size, at);
}
int ftruncate(int fd, off_t size) {
    return fails(fd, WRITES) ? -1 : real_ftruncate(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    return fails(fd, WRITES) ? -1 : real_ftruncate64(fd, size);
}
int fsync(int fd) {
    return fails(fd, SYNCS) ? -1 : real_fsync(fd);
}
int fdatasync(int fd) {
    return fails(fd, SYNCS) ? -1 : real_fdatasync(fd);
}
ssize_t read(int fd, void *to, size_t size) {
    return fails(fd, READS) ? -1 : real_read(fd, to, size);
}
ssize_t pread(int fd, void *to, size_t size, off_t at) {
    return fails(fd, READS) ? -1 : real_pread(fd, to, size, at);
}
ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
    return fails(fd, READS) ? -1 : real_pread64(fd, to, size, at);
}
