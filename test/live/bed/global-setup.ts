import useTemporaryFolder from '../../support/temporary-folder';
import { etcdProgram } from './etcd';
import { kubernetesPrograms } from './kubernetes';

/** Provides the programs before the first test, so that no test waits for a build. */
export default function setUp(): void {
  etcdProgram();
  kubernetesPrograms();
  useTemporaryFolder();
}
