#!/usr/bin/env node
import { KUBECTL_PLUGIN } from './program';
import { start } from './start';

// kubectl finds it on the PATH by its name, kubectl-aks_netpol, and runs it for `kubectl aks-netpol`.
start(KUBECTL_PLUGIN);
