// The component library in our colours: every Mantine token points at one of tokens.css.

import { type CSSVariablesResolver, createTheme } from '@mantine/core';

const blue = ['#E8F3FE', '#D0E5FA', '#A7CFF5', '#7CBDF5', '#57A5EB', '#3C8FDD', '#2A7FCE', '#1F6FBB', '#155D9F', '#0A5AA6'] as const;

/** From text to ground, as the library counts its dark shades. */
const dark = ['#E7EBEE', '#D0D6DB', '#B1BBC4', '#95A1AC', '#75818D', '#2A3138', '#21262B', '#191D21', '#121518', '#0D0F11'] as const;

/** Likewise its greys, which the light scheme draws borders with. */
const gray = ['#F5F6F7', '#ECEFF2', '#DCE6F0', '#CBD2D9', '#75808A', '#75808A', '#56616B', '#434D56', '#2A3138', '#15191D'] as const;

/** The list of options scrolls by itself: the library's own area around it would be a stop the keyboard cannot reach. */
const scrolledOptions = { withScrollArea: false, styles: { options: { maxHeight: 260, overflowY: 'auto' } } } as const;

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { dark: 7, light: 9 },
  colors: { blue: [...blue], dark: [...dark], gray: [...gray] },
  defaultRadius: 4,
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  focusRing: 'never', // ours, in tokens.css
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' }, styles: { root: { minHeight: 28, fontWeight: 600 } } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle' } },
    InputWrapper: { styles: { description: { fontSize: 12, lineHeight: '16px' }, error: { fontSize: 12, lineHeight: '16px' } } },
    TextInput: { defaultProps: { size: 'xs' } },
    Autocomplete: { defaultProps: { size: 'xs', ...scrolledOptions } },
    Textarea: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', checkIconPosition: 'right', ...scrolledOptions } },
    MultiSelect: { defaultProps: { size: 'xs', ...scrolledOptions } },
    TagsInput: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' }, styles: { root: { background: 'var(--bg-2)', padding: 2 }, label: { minHeight: 28, paddingBlock: 4, lineHeight: '20px' } } },
    Tabs: { defaultProps: { keepMounted: false }, styles: { tab: { minHeight: 28, paddingBlock: 4 } } },
    Tooltip: { defaultProps: { openDelay: 400, withinPortal: true } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.55 } } },
    // Nothing but items may be in a menu; the one with the focus is read as well as the others.
    Menu: { defaultProps: { transitionProps: { duration: 0 }, withInitialFocusPlaceholder: false }, styles: { dropdown: { '--menu-item-hover': 'var(--bg-3)' } } },
  },
});

export const variables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--bg-0)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--err)',
    '--mantine-color-default': 'var(--bg-2)',
    '--mantine-color-default-hover': 'var(--bg-3)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-blue-light-color': 'var(--accent)',
    '--mantine-color-blue-text': 'var(--accent)',
    '--mantine-color-blue-outline': 'var(--accent)',
    '--mantine-color-disabled': 'var(--bg-2)',
    '--mantine-color-disabled-color': 'var(--text-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-light-color': 'var(--accent)',
  };
  return { variables: {}, dark: both, light: both };
};
