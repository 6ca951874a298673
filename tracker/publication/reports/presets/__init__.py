"""What each kind of report shows. A preset is a pure function of material and options to sections."""
