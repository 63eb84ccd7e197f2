#include <sqlite3.h>
#include <string.h>
#include "../stdin.h"

/* A system without files, whose clock stands still and whose randomness is always the same. */
static int cannot_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  return SQLITE_CANTOPEN;
}
static int cannot_delete(sqlite3_vfs *vfs, const char *name, int sync) { return SQLITE_IOERR_DELETE; }
static int no_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
  *out = 0;
  return SQLITE_OK;
}
static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}
static int randomness(sqlite3_vfs *vfs, int size, char *out) {
  for (int i = 0; i < size; i++) out[i] = (char)(i * 31 + 7);
  return size;
}
static int do_not_sleep(sqlite3_vfs *vfs, int microseconds) { return microseconds; }
static int now(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds) {
  *milliseconds = 212345678901234LL;
  return SQLITE_OK;
}

static sqlite3_vfs nowhere = {
    .iVersion = 2,
    .szOsFile = sizeof(sqlite3_file),
    .mxPathname = 64,
    .zName = "nowhere",
    .xOpen = cannot_open,
    .xDelete = cannot_delete,
    .xAccess = no_access,
    .xFullPathname = full_name,
    .xRandomness = randomness,
    .xSleep = do_not_sleep,
    .xCurrentTimeInt64 = now,
};

int sqlite3_os_init(void) { return sqlite3_vfs_register(&nowhere, 1); }
int sqlite3_os_end(void) { return SQLITE_OK; }

static int print_row(void *rows, int columns, char **values, char **names) {
  for (int i = 0; i < columns; i++) printf("%s%s=%s", i ? " | " : "", names[i], values[i] ? values[i] : "NULL");
  putchar('\n');
  ++*(int *)rows;
  return 0;
}

/* Runs each line of stdin as SQL on a database in memory. Exit code 1 where one of them failed. */
int main(void) {
  size_t length;
  char *script = (char *)read_stdin(&length);
  sqlite3 *database;
  if (sqlite3_open(":memory:", &database)) return 2;
  int rows = 0, failed = 0;
  for (char *line = strtok(script, "\n"); line; line = strtok(NULL, "\n")) {
    char *message = NULL;
    if (sqlite3_exec(database, line, print_row, &rows, &message)) {
      failed++;
      printf("error: %s\n", message ? message : "of no kind");
      sqlite3_free(message);
    }
  }
  printf("%d rows, %d changes, %d failed\n", rows, sqlite3_total_changes(database), failed);
  sqlite3_close(database);
  return failed > 0;
}
