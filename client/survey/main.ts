import { mount } from 'svelte'
import '../theme/fonts.css'
import './survey.css'
import { locale } from '../text/text.ts'
import Survey from './Survey.svelte'

document.documentElement.lang = locale
const target = document.getElementById('app')
if (target) mount(Survey, { target })
