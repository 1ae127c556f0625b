import { App } from 'cdk8s';
import { Back, Front } from './boutique';
import { allowCalls } from './calls';
import { Monitoring } from './monitoring';

const app = new App();
const front = new Front(app, 'boutique-front');
const back = new Back(app, 'boutique-back');
new Monitoring(app, 'monitoring', { scrape: [...front.services, ...back.services] });
allowCalls(front, back);
app.synth();
