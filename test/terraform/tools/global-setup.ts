import useTemporaryFolder from '../../support/temporary-folder';
import { azurermMirror } from './azurerm';
import { terraformProgram } from './terraform';

/** Provides terraform and the provider before the first test, so that no test waits for a build. */
export default function setUp(): void {
  terraformProgram();
  azurermMirror();
  useTemporaryFolder();
}
