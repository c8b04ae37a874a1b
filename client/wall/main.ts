import { mount } from 'svelte'
import '../theme/fonts.css'
import '../theme/tokens.css'
import '../theme/light.css'
import '../theme/wall.css'
import { locale } from '../text/text.ts'
import { late } from '../ui/late.ts'
import { keepShell } from './offline/register.ts'
import Wall from './Wall.svelte'

document.documentElement.lang = locale
const target = document.getElementById('app')
// A past moment is another page with parts of the same: it is fetched only then, so that the live wall paints as soon as before.
if (target && new URLSearchParams(location.search).has('at'))
  void late(() => import('./replay/Replay.svelte'), Infinity).then(({ default: Replay }) => mount(Replay, { target }))
else if (target) {
  mount(Wall, { target })
  void keepShell()
}
