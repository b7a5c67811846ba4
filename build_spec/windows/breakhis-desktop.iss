; The Windows installer, for Inno Setup 6: iscc /DVersion=1.2.3 breakhis-desktop.iss. Unverified: it has not run on Windows yet.
#ifndef Version
  #error "Give the version: /DVersion=1.2.3"
#endif

[Setup]
AppId={{6B0B0C5E-4D0C-4C7B-9C1D-B4EA4415D001}
AppName=BreakHis Desktop
AppVersion={#Version}
AppPublisher=BreakHis Desktop
LicenseFile=..\..\LICENSE
DefaultDirName={autopf}\BreakHis Desktop
DefaultGroupName=BreakHis Desktop
OutputDir=..\out\packages
OutputBaseFilename=breakhis-desktop-{#Version}-windows-x86_64-unverified
Compression=lzma2
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
UninstallDisplayIcon={app}\breakhis-desktop.exe
ChangesEnvironment=yes

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"
Name: path; Description: "Let breakhis-classify be called from any folder"

[InstallDelete]
; Files of an earlier version that this one no longer has must not remain.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\out\dist\breakhis-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
; The release workflow puts Microsoft's redistributable next to this script.
Source: "vc_redist.x64.exe"; DestDir: "{tmp}"; Flags: deleteafterinstall

[Icons]
Name: "{group}\BreakHis Desktop"; Filename: "{app}\breakhis-desktop.exe"
Name: "{autodesktop}\BreakHis Desktop"; Filename: "{app}\breakhis-desktop.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: IsNotOnPath

[Run]
Filename: "{tmp}\vc_redist.x64.exe"; Parameters: "/install /quiet /norestart"; StatusMsg: "Installing the Visual C++ runtime..."; Check: LacksVisualCppRuntime
Filename: "{app}\breakhis-desktop.exe"; Description: "{cm:LaunchProgram,BreakHis Desktop}"; Flags: nowait postinstall skipifsilent

[Code]
const
  PF_AVX2 = 40;

function IsProcessorFeaturePresent(Feature: Cardinal): Boolean;
  external 'IsProcessorFeaturePresent@kernel32.dll stdcall';

function InitializeSetup: Boolean;
begin
  Result := IsProcessorFeaturePresent(PF_AVX2);
  if not Result then
    MsgBox('This computer''s processor lacks AVX2, which the networks need. Use a computer made after 2014.', mbError, MB_OK);
end;

function LacksVisualCppRuntime: Boolean;
var
  Installed: Cardinal;
begin
  Result := not (RegQueryDWordValue(HKLM, 'SOFTWARE\Microsoft\VisualStudio\14.0\VC\Runtimes\x64', 'Installed', Installed) and (Installed = 1));
end;

function IsNotOnPath: Boolean;
var
  Path: String;
begin
  Result := not (RegQueryStringValue(HKA, 'Environment', 'Path', Path) and (Pos(ExpandConstant('{app}'), Path) > 0));
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if (Step = usPostUninstall) and not UninstallSilent then
    MsgBox('Runs, reviews and settings stay in ' + ExpandConstant('{localappdata}\breakhis-desktop') + '.', mbInformation, MB_OK);
end;
