import fc from 'fast-check';

// The same samples each run, so that a change is judged and not the day; SEED=n in the environment for others.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.SEED ?? 1) });
