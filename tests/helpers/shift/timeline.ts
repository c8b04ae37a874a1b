/** What happens at which moment (epoch ms), earliest first; at the same moment in the order it was asked for. */
export class Timeline {
  private readonly steps: { at: number; order: number; run: () => Promise<void> }[] = []
  private order = 0

  add(at: number, run: () => Promise<void>): void {
    this.steps.push({ at, order: this.order++, run })
  }

  /** Runs everything until nothing is left, whatever steps add meanwhile; `arrive` hears each moment first. */
  async play(arrive: (at: number) => void): Promise<void> {
    for (;;) {
      let next = -1
      for (const [i, step] of this.steps.entries()) {
        const best = this.steps[next]
        if (!best || step.at < best.at || (step.at === best.at && step.order < best.order)) next = i
      }
      if (next < 0) return
      const [step] = this.steps.splice(next, 1)
      arrive(step.at)
      await step.run()
    }
  }
}
