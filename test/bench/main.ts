import { benchLoading } from './loading';
import { benchReading } from './reading';
import { benchSynthesis } from './synthesis';

benchSynthesis();
benchReading();
benchLoading();
