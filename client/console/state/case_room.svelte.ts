import { cancellation, caseSupervision, handlerTold } from '../../../geo/wire/supervision.ts'
import type { CaseSupervision } from '../../../geo/wire/supervision.ts'
import { ask } from '../../state/api.ts'
import type { Answer } from '../../state/api.ts'

/** Who answers for a case, and what was asked about cancelling it. */
export class CaseRoom {
  /** null: not known. */
  told = $state.raw<CaseSupervision | null>(null)

  /** `command` runs one thing at a time and tells what became of it. */
  constructor(
    private readonly id: string,
    private readonly command: (run: () => Promise<Answer<unknown>>) => Promise<boolean>,
  ) {}

  /** Each look at words is recorded by the server. */
  async look(): Promise<void> {
    const answer = await ask('GET', `/api/incidents/${this.id}/supervision`, caseSupervision)
    if (answer.ok) this.told = answer.value
  }

  /** Whoever sits here answers for the case from now on. */
  async takeOver(): Promise<boolean> {
    const { told } = this
    if (!told?.handler || told.handler.handler === told.actor) return false
    const body = { former: told.handler.handler }
    return this.run(() => ask('POST', `/api/incidents/${this.id}/take-over`, handlerTold, { body }))
  }

  askCancellation(words: string): Promise<boolean> {
    return this.run(() => ask('POST', `/api/incidents/${this.id}/cancellation`, cancellation, { body: { words } }))
  }

  answerCancellation(id: string, status: 'approved' | 'refused', words: string): Promise<boolean> {
    const body = { status, ...(words.trim() ? { words: words.trim() } : {}) }
    return this.run(() => ask('POST', `/api/cancellations/${id}/answer`, cancellation, { body }))
  }

  private async run(work: () => Promise<Answer<unknown>>): Promise<boolean> {
    const done = await this.command(work)
    void this.look()
    return done
  }
}
