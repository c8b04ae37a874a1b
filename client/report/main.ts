import { mount } from 'svelte'
import '../theme/fonts.css'
import '../theme/tokens.css'
import '../theme/light.css'
import '../theme/page.css'
import './report.css'
import { locale } from '../text/text.ts'
import Report from './Report.svelte'

document.documentElement.lang = locale
const target = document.getElementById('app')
if (target) mount(Report, { target })
