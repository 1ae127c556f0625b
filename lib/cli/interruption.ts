/** Whether the person has asked to stop, with Ctrl-C, since this was made; what runs is finished first. */
export class Interruption {
  private isAsked = false;
  private readonly note = () => {
    this.isAsked = true;
  };

  public constructor() {
    process.on('SIGINT', this.note).on('SIGTERM', this.note);
  }

  public readonly isInterrupted = () => this.isAsked;

  public end(): void {
    process.off('SIGINT', this.note).off('SIGTERM', this.note);
  }
}
