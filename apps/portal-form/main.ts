import { App } from 'cdk8s';
import { PortalForm } from './portal-form';

const app = new App();
new PortalForm(app, 'portal-form', { namespace: 'default' });
app.synth();
