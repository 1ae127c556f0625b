import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needGo } from '../../tools/go';
import { succeed } from '../../tools/run';

/** A certificate for the loopback address and its key, made now and trusted by nobody but who asks for it. */
export function loopbackCertificate(): {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
} {
  needGo('The certificate of the stand-in for Azure is made by a program of Go');
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-aks-network-policy-'));
  const goRoot = succeed('go', ['env', 'GOROOT']).trim();
  succeed(
    'go',
    [
      'run',
      join(goRoot, 'src/crypto/tls/generate_cert.go'),
      '--host=127.0.0.1,localhost',
      '--ca',
      '--ecdsa-curve=P256',
    ],
    { cwd: folder },
  );
  const certFile = join(folder, 'cert.pem');
  return {
    certFile,
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(join(folder, 'key.pem'), 'utf8'),
  };
}
