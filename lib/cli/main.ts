#!/usr/bin/env node
import { start } from './start';

start();
