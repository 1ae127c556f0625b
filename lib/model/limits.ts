/*
 * Limits of what is read. Real input stays below: a dump of 20,000 pods has 200 MB, a large repository some 10,000
 * manifests. Larger input takes too long, and a string in JavaScript holds at most 512 MiB.
 */

/** Bytes of one file, or of standard input. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Files and folders in one folder, at any depth and of any name. */
export const MAX_FOLDER_ENTRIES = 100_000;
