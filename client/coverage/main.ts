import { mount } from 'svelte'
import '../theme/fonts.css'
import '../theme/tokens.css'
import '../theme/light.css'
import '../theme/page.css'
import '../theme/desk.css'
import '../theme/list_desk.css'
import './coverage.css'
import { locale } from '../text/text.ts'
import Coverage from './Coverage.svelte'

document.documentElement.lang = locale
const target = document.getElementById('app')
if (target) mount(Coverage, { target })
