import { benchLoading } from './loading';
import { benchSynthesis } from './synthesis';

benchSynthesis();
benchLoading();
