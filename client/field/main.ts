import { mount } from 'svelte'
import '../theme/fonts.css'
import '../theme/tokens.css'
import '../theme/page.css'
import '../theme/field.css'
import { locale } from '../text/text.ts'
import Field from './Field.svelte'
import { keepOffline } from './offline/register.ts'
import { applyTheme } from './state/theme.ts'

document.documentElement.lang = locale
applyTheme()
void keepOffline()
const target = document.getElementById('app')
if (target) mount(Field, { target })
