pub(crate) struct Page;
pub(crate) fn render() {}
