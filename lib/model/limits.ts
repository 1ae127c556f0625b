/**
 * How much is read. Real input meets none of this: a dump of 20,000 pods has 200 MB, and a large repository some 10,000
 * manifests. Beyond it there is no answer in sensible time, and JavaScript has no text of more than 512 MiB.
 */

/** Of one file, or of standard input: 256 MiB. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Of one folder, with the folders in it: files and folders, whatever their names. */
export const MAX_FOLDER_ENTRIES = 100_000;
