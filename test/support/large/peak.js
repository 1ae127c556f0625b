// Tells on standard error, as the last line, how much memory the process had at most, in kB.
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`));
